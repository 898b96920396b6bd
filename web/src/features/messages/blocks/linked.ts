import type { Span } from '@/core/api'
import { addressesIn } from './addresses'

type Text = Extract<Span, { type: 'text' }>

/** Spans whose addresses are links, also where marks change within an address. Code stays code. */
export function linked(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  let run: Text[] = []
  for (const span of spans) {
    if (span.type === 'text' && !span.marks?.includes('code')) {
      run.push(span)
      continue
    }
    result.push(...withAddresses(run), span)
    run = []
  }
  result.push(...withAddresses(run))
  return result
}

function withAddresses(run: readonly Text[]): Span[] {
  const addresses = addressesIn(run.map(span => span.text).join(''))
  if (addresses.length === 0) return [...run]
  const result: Span[] = []
  let at = 0
  for (const span of run) {
    result.push(...cut(span, at, addresses))
    at += span.text.length
  }
  return result
}

/** One span, cut where addresses begin and end. `at`: where it begins. */
function cut(span: Text, at: number, addresses: ReturnType<typeof addressesIn>): Span[] {
  const result: Span[] = []
  let done = 0
  for (const { from, to, href } of addresses) {
    const [begin, end] = [Math.max(from - at, 0), Math.min(to - at, span.text.length)]
    if (begin >= end) continue
    if (begin > done) result.push({ ...span, text: span.text.slice(done, begin) })
    const { marks } = span
    result.push({ type: 'link', text: span.text.slice(begin, end), href, ...(marks ? { marks } : {}) })
    done = end
  }
  if (done < span.text.length) result.push({ ...span, text: span.text.slice(done) })
  return result
}
