const gap = '\\x00-\\x20\\x7f-\\xa0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff'
/** No credentials before it (`user@`), nor signs that browsers read otherwise than people: it is the host one sees. */
const host = `(?:[^${gap}/?#@:<>^|\\\\\\[\\]]+|\\[[0-9a-f:.]+\\])(?::[0-9]{0,5})?`
const allowed = new RegExp(`^(?:https?://${host}(?:[/?#][^${gap}]*)?|mailto:[^${gap}]+)$`, 'i')
/** Characters of an address of a link; more the server refuses. */
const maxHrefLength = 2048

/** Where a link may lead: the rule of the server (content_rules.py); tests/vectors/links.json holds both to it. */
export function isLinkTarget(href: string): boolean {
  return [...href].length <= maxHrefLength && allowed.test(href)
}

/** An address as it may be sent: what has to be encoded in it is. Null: it cannot be one. */
export function linkTarget(address: string): string | null {
  const encoded = address
    .replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '')
    .toWellFormed()
    .replace(new RegExp(`[${gap}]`, 'g'), encodeURIComponent)
  return isLinkTarget(encoded) && URL.canParse(encoded) ? encoded : null
}
