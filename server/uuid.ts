const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** PostgreSQL refuses anything else in a uuid column with an error; for us it is an id that nothing has. */
export const isUuid = (text: string): boolean => pattern.test(text)
