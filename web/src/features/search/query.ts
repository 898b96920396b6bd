import type { SearchFilter } from '@/core/api'

/**
 * The query is a line of text and stays one: what buttons do is written into it. The server reads it, in both languages;
 * here only parts that stand between blanks are put in and taken out.
 */
const part = /(?:[-－](?=\S))?[^\s"“”：:]+[:：](?:"[^"]*"|“[^”]*”|\S*)|["“][^"”]*["”]?|\S+/g

/** With one more filter; with `alone` in place of the others of its name. */
export function withFilter(query: string, name: SearchFilter, value: string, alone = false): string {
  const kept = alone ? withoutNames(query, [name]) : query
  return join([...partsOf(kept).filter(each => each !== written(name, value)), written(name, value)])
}

/** Without the filter that the server read as having this value. */
export function withoutFilter(query: string, value: string, negative: boolean): string {
  const parts = partsOf(query)
  const at = parts.findIndex(each => isFilter(each) && valueIn(each) === value && /^[-－]/.test(each) === negative)
  return join(parts.filter((_, index) => index !== at))
}

/** The words alone. */
export function withoutFilters(query: string): string {
  return join(partsOf(query).filter(each => !isFilter(each)))
}

/** Without the filters of these names, as buttons write them. */
export function withoutNames(query: string, names: readonly SearchFilter[]): string {
  return join(partsOf(query).filter(each => !names.some(name => each.startsWith(`${name}:`))))
}

/** A value as it stands in a query. */
function written(name: SearchFilter, value: string): string {
  return /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`
}

function partsOf(query: string): string[] {
  return query.match(part) ?? []
}

const filterNames =
  /^[-－]?(?:from|in|before|after|has|type|发件人|发送人|来自|会话|群聊?|早于|之前|晚于|之后|自|含|包含|有|类型)[:：]/i

function isFilter(each: string): boolean {
  return filterNames.test(each)
}

function valueIn(each: string): string {
  return each
    .slice(each.search(/[:：]/) + 1)
    .replace(/^["“]|["”]$/g, '')
    .normalize('NFKC')
    .trim()
}

function join(parts: readonly string[]): string {
  return parts.join(' ')
}
