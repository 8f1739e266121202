import type { Completion } from './completions'

const words = (kind: Completion['kind'], list: Readonly<Record<string, string>>): readonly Completion[] =>
  Object.entries(list).map(([label, about]) => ({ label, kind, about, preview: '', opens: kind === 'function' }))

/** Those that people ask for most; all of Liquid's others work too. */
export const liquidFilters = words('filter', {
  json: 'as JSON',
  default: 'another value when it is empty',
  truncate: 'the first characters',
  truncatewords: 'the first words',
  upcase: 'in capitals',
  downcase: 'in small letters',
  capitalize: 'first letter in capitals',
  strip: 'without space around it',
  replace: 'one text for another',
  split: 'a text as a list',
  join: 'a list as text',
  first: 'the first item',
  last: 'the last item',
  size: 'how many',
  map: 'one field of every item',
  where: 'items with a certain field',
  sort: 'in order',
  uniq: 'each item once',
  reverse: 'backwards',
  slice: 'a part of it',
  round: 'a rounded number',
  plus: 'added',
  minus: 'taken away',
  times: 'multiplied',
  divided_by: 'divided',
  date: 'a date in another form',
  escape: 'safe in HTML',
  url_encode: 'safe in a web address',
  strip_html: 'without HTML tags',
})

export const celFunctions = words('function', {
  size: 'how many items, fields or characters',
  string: 'as text',
  int: 'as a whole number',
  double: 'as a number',
  bool: 'as true or false',
})

export const celMethods = words('function', {
  contains: 'has this text in it',
  startsWith: 'begins with this text',
  endsWith: 'ends with this text',
  matches: 'fits a pattern',
  size: 'how many',
  lowerAscii: 'in small letters',
  upperAscii: 'in capitals',
  trim: 'without space around it',
  split: 'a text as a list',
  join: 'a list as text',
  replace: 'one text for another',
  indexOf: 'where a text begins in it',
  substring: 'a part of the text',
  exists: 'true for at least one item',
  all: 'true for every item',
  exists_one: 'true for exactly one item',
  filter: 'the items for which it is true',
  map: 'something made of every item',
})
