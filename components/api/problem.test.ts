import { describe, expect, it } from 'vitest'
import { isMissing, isSignedOut, problemAt, problemOf, sentenceAt, worthRetrying } from './problem'

const problems = [{ code: 'wrong_type', path: 'input.topic', message: 'must be text' }]
const refused = {
  message: 'The input is not valid.',
  data: {
    code: 'UNPROCESSABLE_CONTENT',
    httpStatus: 422,
    problem: { code: 'invalid_input', detail: 'The input is not valid.', problems },
  },
}
const turnedAway = {
  message: 'Unable to transform response from server',
  meta: { response: {}, responseJSON: { code: 'unauthorized', detail: 'Sign in first.', status: 401 } },
}

describe('what went wrong with a call', () => {
  it('is told in the words of the use case that refused it, with the place of each problem', () => {
    const problem = problemOf(refused)
    expect(problem).toEqual({ code: 'invalid_input', detail: 'The input is not valid.', problems })
    expect(problemAt(problem, 'input.topic')).toBe('must be text')
    expect(problemAt(problem, 'input.size')).toBeUndefined()
    expect(worthRetrying(refused)).toBe(false)
  })

  it('is a sentence below its field, which does not say its own name twice', () => {
    const at = (path: string, message: string) =>
      sentenceAt({ code: 'invalid', detail: '', problems: [{ code: 'x', path, message }] }, path)
    expect(at('input.topic', 'must be text')).toBe('It must be text.')
    expect(at('baseUrl', 'baseUrl must be an http or https URL, like http://localhost:11434/v1.')).toBe(
      'It must be an http or https URL, like http://localhost:11434/v1.',
    )
    expect(at('name', 'Another secret has this name.')).toBe('Another secret has this name.')
    expect(sentenceAt(problemOf(refused), 'input.size')).toBeUndefined()
  })

  it('is known when the call was turned away before any use case saw it', () => {
    expect(isSignedOut(turnedAway)).toBe(true)
    expect(worthRetrying(turnedAway)).toBe(false)
  })

  it('is the network when nobody answered, and then worth another try', () => {
    expect(problemOf(new TypeError('Failed to fetch')).code).toBe('network')
    expect(worthRetrying(new TypeError('Failed to fetch'))).toBe(true)
  })

  it('is a fault of the server when it answered without a reason', () => {
    const fault = {
      message: 'Something went wrong on the server.',
      data: { code: 'INTERNAL_SERVER_ERROR', problem: null },
    }
    expect(problemOf(fault).detail).toBe('Something went wrong on the server.')
    expect(worthRetrying(fault)).toBe(true)
    expect(isMissing(fault)).toBe(false)
  })
})
