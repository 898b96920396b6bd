/** Offers a text as a file. The mark at its start tells spreadsheet programs that it is UTF-8. */
export function downloadTable(name: string, rows: readonly (readonly string[])[]): void {
  const text = `\uFEFF${rows.map(row => row.map(cellOf).join(',')).join('\r\n')}\r\n`
  download(name, new Blob([text], { type: 'text/csv' }))
}

/** Offers a file. */
export function download(name: string, file: Blob): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/**
 * RFC 4180; and nothing that a spreadsheet program would take for a formula: it takes blanks away before one, knows its
 * signs in every width, and where it separates cells by semicolons or tabs another may begin behind one.
 */
export function cellOf(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠﹦﹣﹢﹫]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
