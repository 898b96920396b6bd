import { slice } from '../../log/slice.ts'

/** A message says itself what it shows of its files; lists of files are live queries. */
const listed = {}

export const files = slice({ name: 'files', rules: { 'files.file_added': listed, 'files.file_removed': listed } })
