import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type ErrorDetails, isProblem } from '@/core/api'
import { columnText } from './bad-row-text'

const reasons: Record<ErrorDetails['identity.import_not_a_table']['why'], MessageDescriptor> = {
  workbook: msg`This is a workbook (such as .xlsx or .xls), not CSV. Open it in Excel or WPS, choose Save as, then CSV UTF-8, and choose that file.`,
  no_text: msg`The file holds something else than text. Open it in Excel or WPS, choose Save as, then CSV UTF-8, and choose that file.`,
  encoding: msg`The file is neither UTF-8 nor GBK. Save it as CSV UTF-8.`,
  empty: msg`The file is empty.`,
  twice: msg({ message: 'The column “{column}” is there twice.' }),
  columns: msg({ message: 'No row names the columns; missing: {columns}.' }),
  rows: msg({ message: 'The file has more than {limit} rows; split it.' }),
  quotes: msg({ message: 'Line {line}: a quotation mark is missing or stands in the wrong place.' }),
}

/** Why a file cannot be read as a table at all; null for other errors. */
export function fileProblemText(i18n: I18n, error: unknown): string | null {
  if (!isProblem(error, 'identity.import_not_a_table')) return null
  const words = reasons[error.details.why]
  if (!words) return error.message
  const columns = (error.details.missing ?? []).map(column => columnText(i18n, column)).join(', ')
  return i18n._(words.id, { ...error.details, columns }, words)
}
