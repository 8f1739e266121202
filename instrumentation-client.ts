import { config } from 'zod/v4/core'

// Runs before anything else in the browser. Zod would try to make its parsers by `new Function`, which the policy of the
// pages refuses (and notes down as an attempt); without it they do the same by ordinary code.
config({ jitless: true })
