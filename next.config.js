/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The Node server before Next compresses, sets headers and answers everything that is not a page.
  compress: false,
  // `npm test` checks types and lints; a build need not do it once more.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
}

export default config
