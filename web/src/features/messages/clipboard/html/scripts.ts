const raised: Record<string, string> = {
  ...pairs('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'),
  ...pairs('abcdefghjklmoprstuvwxyz', 'ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'),
}
const lowered = pairs('0123456789+-−=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ')
/** 1st, 2nd, 3rd, 4th; marks of notes; signs that are small by themselves. */
const asIs = /^(?:st|nd|rd|th|er|re|e|o|a|\[.*\]|[*†‡§®©™℠]+|\s*)$/u

/** Raised or lowered text: 10⁶ and H₂O, or 10^(a,b) and x_max where Unicode has no such characters. Never 106. */
export function script(text: string, kind: 'raised' | 'lowered'): string {
  if (asIs.test(text)) return text
  const table = kind === 'raised' ? raised : lowered
  const chars = [...text.trim()]
  if (chars.every(char => table[char])) return chars.map(char => table[char]).join('')
  const sign = kind === 'raised' ? '^' : '_'
  return sign + (/^[\p{L}\p{N}]+$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`)
}

function pairs(from: string, to: string): Record<string, string> {
  const signs = [...to]
  return Object.fromEntries([...from].map((char, index) => [char, signs[index] ?? '']))
}
