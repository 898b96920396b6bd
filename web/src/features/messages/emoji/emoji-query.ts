/** What was typed after a colon, in the text before the cursor. `length`: characters from the colon on. */
export interface EmojiQuery {
  query: string
  length: number
}

const pattern = /(?:^|[\s([（【「\ufffc]):([\p{Script=Han}a-z0-9_+-]{2,30}):?$/iu

/** A colon that begins a word asks for an emoji, from two letters on: not in `12:30`, `http://`, `注:` or `:)`. */
export function emojiQuery(before: string): EmojiQuery | null {
  const [found, query] = pattern.exec(before) ?? []
  if (found === undefined || query === undefined) return null
  return { query, length: found.length - found.indexOf(':') }
}
