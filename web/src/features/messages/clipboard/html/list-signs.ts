/** Nested deeper than this, lists stand no further to the right. */
const deepest = 8
const largest = 999_999_999

/** A list while its items are read. */
export interface ListPlace {
  ordered: boolean
  /** How many lists it stands in. */
  indent: number
  /** A list of blocks can say it; else its signs are written as text. */
  isList: boolean
  kind: string
  /** The number of an item. */
  next(item: HTMLElement): number
}

const letters: Record<string, string> = {
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-roman': 'I',
  'lower-roman': 'i',
}

export function listPlace(element: HTMLElement, outer: ListPlace | null): ListPlace {
  const ordered = element.localName === 'ol'
  const kind = kindOf(element)
  const step = element.hasAttribute('reversed') ? -1 : 1
  let number = startOf(element, step) - step
  return {
    ordered,
    kind,
    indent: Math.min(outer ? outer.indent + 1 : Number(element.dataset.indent) || 0, deepest),
    isList: kind !== 'none' && (!ordered || (kind === '1' && step === 1 && number + step >= 0)),
    next: item => {
      number = wholeNumber(item.getAttribute('value')) ?? number + step
      return number
    },
  }
}

/** What stands before an item that is written as text. */
export function signOf({ ordered, kind }: ListPlace, number: number): string {
  if (kind === 'none') return ''
  if (!ordered) return '- '
  if (number > 0 && /^[aA]$/.test(kind)) return `${cased(kind, alphabetic(number))}. `
  if (number > 0 && number < 4000 && /^[iI]$/.test(kind)) return `${cased(kind, roman(number))}. `
  return `${number}. `
}

function kindOf(element: HTMLElement): string {
  const style = `${element.getAttribute('style') ?? ''};${element.querySelector(':scope > li')?.getAttribute('style') ?? ''}`
  const shown = /list-style(?:-type)?\s*:\s*([a-z-]+)/i.exec(style)?.[1]?.toLowerCase() ?? ''
  if (shown === 'none') return 'none'
  return letters[shown] ?? element.getAttribute('type') ?? '1'
}

function startOf(element: HTMLElement, step: number): number {
  const items = element.querySelectorAll(':scope > li').length
  return wholeNumber(element.getAttribute('start')) ?? (step < 0 ? items : 1)
}

function wholeNumber(text: string | null): number | null {
  const number = Number.parseInt(text ?? '', 10)
  return Number.isFinite(number) && Math.abs(number) <= largest ? number : null
}

function cased(kind: string, text: string): string {
  return kind === kind.toUpperCase() ? text.toUpperCase() : text
}

function alphabetic(number: number): string {
  const rest = Math.floor((number - 1) / 26)
  return (rest > 0 ? alphabetic(rest) : '') + String.fromCharCode(97 + ((number - 1) % 26))
}

function roman(number: number): string {
  const signs: [number, string][] = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ]
  const [value, sign] = signs.find(([value]) => value <= number) ?? [0, '']
  return value > 0 ? sign + roman(number - value) : ''
}
