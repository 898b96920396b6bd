import { script } from './scripts'

/** A formula in MathML (Core) as one line of text: a fraction is a/b, a power 10⁶ or x^(n+1), a root √(x). Never 12 for a half. */
export function formula(element: Element): string {
  const write = writers[element.localName.toLowerCase()] ?? inRow
  return write([...element.children], element)
}

type Writer = (parts: Element[], element: Element) => string

const writers: Record<string, Writer | undefined> = {
  mfrac: ([above, below]) => `${operand(above)}/${operand(below)}`,
  msup: ([base, above]) => operand(base) + script(text(above), 'raised'),
  msub: ([base, below]) => operand(base) + script(text(below), 'lowered'),
  msubsup: ([base, below, above]) => operand(base) + script(text(below), 'lowered') + script(text(above), 'raised'),
  mover: ([base, above]) => operand(base) + script(text(above), 'raised'),
  munder: ([base, below]) => operand(base) + script(text(below), 'lowered'),
  munderover: ([base, below, above]) => operand(base) + script(text(below), 'lowered') + script(text(above), 'raised'),
  msqrt: (_, element) => `√${bracketed(inRow([...element.children], element))}`,
  mroot: ([base, degree]) => `${script(text(degree), 'raised')}√${bracketed(text(base))}`,
  mtable: rows => rows.map(row => `(${[...row.children].map(formula).join(', ')})`).join(', '),
  mspace: () => ' ',
  mphantom: () => '',
  semantics: ([first]) => text(first),
  annotation: () => '',
  'annotation-xml': () => '',
}

function inRow(parts: Element[], element: Element): string {
  return parts.length > 0 ? parts.map(formula).join('') : (element.textContent ?? '').trim()
}

function text(element: Element | undefined): string {
  return element ? formula(element) : ''
}

/** As it stands beside a sign: more than one number or name is in brackets. */
function operand(element: Element | undefined): string {
  const inner = text(element)
  return /^(?:[\p{L}\p{N}.,%′']*|\(.*\))$/u.test(inner) ? inner : `(${inner})`
}

function bracketed(inner: string): string {
  return /^[\p{L}\p{N}]$/u.test(inner) ? inner : `(${inner})`
}
