/** For tests: repeatable chance. */
import type { Content } from '../../core/api/contract.ts'

export type Random = () => number

/** Repeatable random numbers (mulberry32), so that a failing history can be run again. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}

export function textContent(text: string): Content {
  return { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] }
}
