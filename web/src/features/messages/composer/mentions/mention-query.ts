/** What was typed after an @, in the text before the cursor. `length`: characters from the @ on. */
export interface MentionQuery {
  query: string
  length: number
}

const pattern = /([^\s@＠]*)[@＠]([^\s@＠]{0,30})$/u
/** A mailbox, with nothing before it that is none of it. */
const mailbox = /^[\w.+-]+$/
const domain = /^[\w.．-]*$/
const dotted = /^[\w-]+[.．]/

/**
 * An @ calls somebody where what follows is no mail domain: `OA@王` calls 王, "a.b@example" and "发到li@example.com" nobody.
 * Chinese has no space before a mention, so `项目A@wang` is one.
 */
export function mentionQuery(before: string): MentionQuery | null {
  const [, front = '', query] = pattern.exec(before) ?? []
  if (query === undefined || (mailbox.test(front) && domain.test(query))) return null
  if (/[\w+-]$/.test(front) && dotted.test(query)) return null
  return { query, length: query.length + 1 }
}
