import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ImportRow, Reason, RowCode, UnitKind } from '@/core/api'

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

const kinds: Record<UnitKind, MessageDescriptor> = {
  company: msg`Company`,
  branch: msg`Branch`,
  department: msg`Department`,
  team: msg`Team`,
}

/** Why a row cannot be imported, or should be looked at again, by the server's code. */
const reasons: Record<Exclude<RowCode, 'rule'>, MessageDescriptor> = {
  too_many_cells: msg({ message: 'The row has {cells} cells, the first row names {columns} columns' }),
  cell_too_long: msg({ message: 'A cell has more than {limit} characters' }),
  missing: msg({ message: '{column} is missing' }),
  stands_already: msg({ message: '{column} “{value}” is already used in line {line}' }),
  not_the_company: msg({ message: '{column} “{value}” is not the company; paths begin with “{company}”' }),
  too_deep: msg({ message: '{column}: more than {limit} levels' }),
  unknown_kind: msg({ message: '{column} “{value}” is none of 分公司 (branch), 部门 (department), 小组 (team)' }),
  other_kind: msg({ message: '{column}: line {line} says this unit is a {kind}' }),
  twice: msg({ message: '{column}: “{value}” is listed twice' }),
  too_many: msg({ message: '{column}: at most {limit}' }),
  changed_number: msg({ message: '{column} “{value}” looks like a number that a spreadsheet changed' }),
  changed_value: msg({ message: '{column} “{value}” looks like a date or a truth value that a spreadsheet made' }),
  failed_cell: msg({ message: '{column} “{value}” is what programs write where they have no value' }),
  formula: msg({ message: '{column} “{value}” is a formula' }),
  empty_level: msg({ message: '{column}: level {level} of “{value}” is empty' }),
  alike: msg({
    message: '{column} “{value}” looks like “{other}”, and is another: they differ by blanks, width or case',
  }),
  zeros: msg({
    message: '{column} “{value}” is new while there is “{other}”: a spreadsheet may have taken the zeros in front away',
  }),
  rounded: msg({ message: '{column} “{value}” may have been rounded: spreadsheets keep {digits} digits of a number' }),
}

/** Words what the server says of a row. A code of a newer server is shown as it says it. */
export function badRowText(i18n: I18n, reasonText: (reason: Reason) => string, row: ImportRow): string {
  const column = columnText(i18n, row.column)
  if (row.code === 'rule') return row.why ? `${column} “${row.params.value}”: ${reasonText(row.why)}` : row.reason
  const words = reasons[row.code]
  const kind = kindText(i18n, String(row.params.kind))
  return words ? i18n._(words.id, { ...row.params, column, kind }, words) : row.reason
}

/** A column in the reader's words. */
export function columnText(i18n: I18n, column: string): string {
  const known = columns[column]
  return known ? i18n._(known) : column
}

export function kindText(i18n: I18n, kind: string): string {
  const known = kinds[kind as UnitKind]
  return known ? i18n._(known) : kind
}
