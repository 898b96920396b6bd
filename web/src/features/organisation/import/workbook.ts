/**
 * A spreadsheet file (Office Open XML, ECMA-376) of text cells: a spreadsheet keeps the zeros in front of a login, and never
 * takes a cell for a formula. Its parts are stored in a ZIP archive without compression.
 */
export function workbookOf(rows: readonly (readonly string[])[]): Blob {
  const parts: [name: string, content: string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    ],
    ['_rels/.rels', relationTo('officeDocument', 'xl/workbook.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Bilin" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relationTo('worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${rows.map(rowOf).join('')}</sheetData></worksheet>`,
    ],
  ]
  return new Blob([zipOf(parts.map(([name, content]) => [name, xmlHead + content]))], { type: workbookType })
}

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function relationTo(kind: string, target: string): string {
  return `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/${kind}" Target="${target}"/></Relationships>`
}

function rowOf(cells: readonly string[]): string {
  return `<row>${cells.map(cell => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** A ZIP archive (APPNOTE 6.3) of files that are stored as they are, their names in UTF-8. */
function zipOf(files: [name: string, content: string][]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder()
  const local: number[][] = []
  const central: number[][] = []
  let offset = 0
  for (const [name, content] of files) {
    const [named, data] = [[...text.encode(name)], [...text.encode(content)]]
    const about = [20, 0, 0, 8, 0, 0, 0, 0, 33, 0, ...u32(crc32(data)), ...u32(data.length), ...u32(data.length)]
    const entry = [0x50, 0x4b, 3, 4, ...about, ...u16(named.length), 0, 0, ...named, ...data]
    central.push([0x50, 0x4b, 1, 2, 20, 0, ...about, ...u16(named.length), ...zeros(12), ...u32(offset), ...named])
    local.push(entry)
    offset += entry.length
  }
  const directory = central.flat()
  const count = u16(files.length)
  const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...count, ...count, ...u32(directory.length), ...u32(offset), 0, 0]
  return new Uint8Array([...local.flat(), ...directory, ...end])
}

const u16 = (value: number) => [value & 255, (value >> 8) & 255]
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)]
const zeros = (count: number) => new Array<number>(count).fill(0)

function crc32(data: number[]): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
