/** The id in the editor of a mention of all. */
export const everyoneId = 'all'
