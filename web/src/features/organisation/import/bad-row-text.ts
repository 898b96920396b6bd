import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Columns of the file, as the server names them. */
const columns: Record<string, MessageDescriptor> = {
  login: msg`Login`,
  name: msg`Full name`,
  unit: msg`Unit`,
  kind: msg`Kind`,
  title: msg`Title`,
  email: msg`Email`,
  phone: msg`Phone`,
  further_units: msg`Further units`,
  password: msg`Password`,
}

type ReasonText = (reason: string) => string
type Words = (parts: string[], i18n: I18n, column: (name: string) => string, reasonText: ReasonText) => string

/** A text in quotes, as Python writes it. */
const quoted = `(?:'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*")`

const reasons: [sign: RegExp, words: Words][] = [
  [
    /^has (\d+) cells, the first row names (\d+) columns$/,
    ([cells = '', names = ''], i18n) =>
      i18n._(msg`The row has ${{ cells }} cells, the first row names ${{ names }} columns`),
  ],
  [
    /^a cell has more than (\d+) characters$/,
    ([count = ''], i18n) => i18n._(msg`A cell has more than ${{ count }} characters`),
  ],
  [/^(\w+): is missing$/, ([name = ''], i18n, column) => i18n._(msg`${{ column: column(name) }} is missing`)],
  [
    new RegExp(`^(login): (${quoted}) stands in line (\\d+) already$`),
    ([name = '', value = '', line = ''], i18n, column) =>
      i18n._(msg`${{ column: column(name) }} “${{ value: plain(value) }}” stands in line ${{ line }} already`),
  ],
  [
    new RegExp(`^(\\w+): (${quoted}) is not the company; paths begin with (${quoted})$`),
    ([name = '', value = '', company = ''], i18n, column) =>
      i18n._(
        msg`${{ column: column(name) }} “${{ value: plain(value) }}” is not the company; paths begin with “${{ company: plain(company) }}”`,
      ),
  ],
  [
    new RegExp(`^(kind): (${quoted}) is none of (.+)$`),
    ([name = '', value = '', kinds = ''], i18n, column) =>
      i18n._(msg`${{ column: column(name) }} “${{ value: plain(value) }}” is none of ${{ kinds }}`),
  ],
  [
    /^(kind): line (\d+) says this unit is a (\w+)$/,
    ([name = '', line = '', kind = ''], i18n, column) =>
      i18n._(msg`${{ column: column(name) }}: line ${{ line }} says this unit is a ${{ kind }}`),
  ],
  [
    new RegExp(`^(further_units): (${quoted}) stands there twice$`),
    ([name = '', value = ''], i18n, column) =>
      i18n._(msg`${{ column: column(name) }}: “${{ value: plain(value) }}” stands there twice`),
  ],
  [
    new RegExp(`^(\\w+): (${quoted}) (.+)$`),
    ([name = '', value = '', reason = ''], _, column, reasonText) =>
      `${column(name)} “${plain(value)}”: ${reasonText(reason)}`,
  ],
]

/** Words why a row cannot be imported. What nobody has words for is shown as the server says it. */
export function badRowText(i18n: I18n, reasonText: ReasonText, reason: string): string {
  const column = (name: string) => {
    const known = columns[name]
    return known ? i18n._(known) : name
  }
  for (const [sign, words] of reasons) {
    const match = sign.exec(reason)
    if (match) return words(match.slice(1), i18n, column, reasonText)
  }
  return reason
}

function plain(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}
