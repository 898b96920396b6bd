/** A part of a text that is an address: from its first character to behind its last. */
export interface Address {
  from: number
  to: number
  href: string
}

/** Characters that are looked at for a name and password. */
const maxLogin = 300
const hint = /https?:|www\.|mailto:|@/i
/** Where an address may begin. What stands before it must not be a part of a Latin word: Chinese has no spaces. */
const beginning =
  /(?<![\p{Script=Latin}\p{N}_+-])(?:https?:\/\/|mailto:)|(?<![\p{Script=Latin}\p{N}_.+\-/@])(?:www\.|[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?@)/giu
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?'
/** A name and password before a host: what stands there may look like a host itself, so it is no address. */
const credentials = /^[^\s/?#\\]*@/u
const authority = new RegExp(`^(?:\\[[0-9a-f:.]+\\]|${label}(?:\\.${label})*)(?::\\d{1,5}(?!\\d))?`, 'iu')
const dotted = `${label}(?:\\.${label})*\\.(?:xn--[a-z0-9-]+|\\p{L}{2,})`
const dottedHost = new RegExp(`^${dotted}`, 'iu')
const dottedHostAndPort = new RegExp(`^${dotted}(?::\\d{1,5}(?!\\d))?`, 'iu')
/** White space, what Markdown and HTML use around addresses, CJK and full-width punctuation, closing quotes, pictures. */
const ending =
  /[\s\p{Cc}\p{Cf}<>"`|\\^\u2018-\u201f\u2026\u2014\u3001-\u3004\u3008-\u303f\u30fb\ufe10-\ufe6f\uff00-\uff65\uffe0-\uffee\p{Extended_Pictographic}]/u
const outside = /[.,;:!?'*~]/
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
/** A picture for a fine screen is called like a mailbox: logo@2x.png. */
const fileNames = /\.(?:png|jpe?g|gif|webp|svg|ico|css|js)$/i

/** The addresses in a text: with http and https, those that begin with www, and mailboxes. */
export function addressesIn(text: string): Address[] {
  if (!hint.test(text)) return []
  const found: Address[] = []
  let end = 0
  for (const { 0: begin, index: from } of text.matchAll(beginning)) {
    if (from < end) continue
    const login = begin.endsWith('//') ? credentials.exec(text.slice(from + begin.length, from + maxLogin)) : null
    if (login) end = from + begin.length + login[0].length
    const address = login ? null : addressAt(text, from, begin)
    if (!address) continue
    found.push(address)
    end = address.to
  }
  return found
}

/** Whether a text is an address and leads where `href` says: it needs no link besides. */
export function isAddress(text: string, href: string): boolean {
  const [address, ...others] = addressesIn(text)
  if (!address || others.length > 0 || address.from !== 0 || address.to !== text.length) return false
  return address.href === href || canonical(address.href) === canonical(href)
}

/** Where a link leads whose words name another host or mailbox: 「https://bank.example」 that leads to evil.example. Null: they do not. */
export function otherPlace(text: string, href: string): string | null {
  const place = placeOf(href)
  const isNamed = addressesIn(text).some(address => placeOf(address.href) !== place)
  return isNamed ? place : null
}

function placeOf(href: string): string {
  if (!URL.canParse(href)) return href
  const { protocol, hostname, pathname } = new URL(href)
  return protocol === 'mailto:' ? pathname.toLowerCase() : hostname.replace(/^www\./, '')
}

function addressAt(text: string, from: number, begin: string): Address | null {
  const after = from + begin.length
  if (begin.endsWith('@')) return mailbox(text, from, after)
  if (/^mailto:/i.test(begin)) {
    const to = endOf(text, after, after)
    return text.slice(after, to).includes('@') ? { from, to, href: text.slice(from, to) } : null
  }
  const named = /^www/i.test(begin)
  const host = (named ? dottedHostAndPort : authority).exec(latinHost(text.slice(after, after + 300)))?.[0]
  if (!host) return null
  const to = endOf(text, after, after + host.length)
  const href = (named ? 'https://' : '') + text.slice(from, to)
  return URL.canParse(href) ? { from, to, href } : null
}

function mailbox(text: string, from: number, after: number): Address | null {
  const host = dottedHost.exec(latinHost(text.slice(after, after + 300)))?.[0]
  if (!host || fileNames.test(host)) return null
  const to = after + host.length
  // git@example.cn:team/project is for a program.
  if (/^:[\w~/]/.test(text.slice(to, to + 2))) return null
  return { from, to, href: `mailto:${text.slice(from, to)}` }
}

/** A name of a host ends where Chinese follows Latin: "example.cn看". "例子.cn" and "例子.测试" are names. */
function latinHost(text: string): string {
  return text.replace(/([\p{Script=Latin}\p{N}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}].*$/su, '$1')
}

/** Where an address ends of which everything up to `sure` is one. */
function endOf(text: string, begin: number, sure: number): number {
  const open: string[] = []
  let to = sure
  let foreign = false
  for (const char of text.slice(sure)) {
    if (ending.test(char)) break
    if (to === sure && sure > begin && !/[/?#]/.test(char)) break
    const isHan = /\p{Script=Han}/u.test(char)
    // "https://example.cn/a看这里": words that follow. "https://example.cn/wiki/中文": a part of the address.
    if (isHan && !foreign && /[\p{Script=Latin}\p{N}]$/u.test(text.slice(begin, to))) break
    foreign ||= isHan
    if ('([{'.includes(char)) open.push(char)
    else if (closers[char] && open.pop() !== closers[char]) break
    to += char.length
  }
  return trimmed(text, sure, to)
}

/** Punctuation at the end belongs to the sentence. */
function trimmed(text: string, sure: number, end: number): number {
  let to = end
  while (to > sure && (outside.test(text[to - 1] ?? '') || '([{'.includes(text[to - 1] ?? ''))) to -= 1
  return to
}

function canonical(href: string): string {
  return URL.canParse(href) ? new URL(href).href : href
}
