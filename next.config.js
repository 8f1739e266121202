/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The Node server before Next sets headers and answers everything that is not a page: its files were compressed when
  // they were built (server/pages/page-files.ts). What is made for somebody is not compressed (docs/performance.md).
  compress: false,
  // `npm test` checks types and lints; a build need not do it once more.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
}

export default config
