/** Words that CEL keeps for itself: a node of that name could not be read in every CEL. Tested one by one against the library. */
export const celReservedWords: ReadonlySet<string> = new Set([
  ...['in', 'null', 'true', 'false'],
  ...['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop'],
  ...['namespace', 'package', 'prototype', 'return', 'var', 'void', 'while'],
  ...['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint'],
  ...['cel', 'google', 'optional'],
])
