/** What was typed after an @, in the text before the cursor. `length`: characters from the @ on. */
export interface MentionQuery {
  query: string
  length: number
}

/** Chinese has no spaces before a mention; but an @ after a Latin letter or digit is a mail address. */
const pattern = /(?:^|[^\w.+-])@([^\s@]{0,30})$/u

export function mentionQuery(before: string): MentionQuery | null {
  const query = pattern.exec(before)?.[1]
  return query === undefined ? null : { query, length: query.length + 1 }
}
