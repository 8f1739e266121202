import { expect, test } from 'vitest'
import { countWords } from './count-words'

test.each([
  ['', 0],
  ['One two, three.', 3],
  ["Don't — stop", 2],
  ['About {{ write.text | truncate: 20 }} now', 3],
  ['Größe überall', 2],
  ['{% if a %}yes{% endif %}', 3],
])('counts %j as a person would', (text, count) => {
  expect(countWords(text)).toBe(count)
})
