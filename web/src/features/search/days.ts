import { type Id, idTime } from '@/core/api'
import { dateText } from '@/core/time'

/** The day in an id, by the clock of this device: 2026-11-30. */
export function dateOf(id: Id): string {
  return dateText(new Date(idTime(id)))
}

/** The weeks of a month, from Monday; null: a day of another month. */
export function weeksOf(year: number, month: number): (Date | null)[][] {
  const lead = (new Date(year, month, 1).getDay() + 6) % 7
  const days = new Date(year, month + 1, 0).getDate()
  const cells = [
    ...Array<null>(lead).fill(null),
    ...Array.from({ length: days }, (_, i) => new Date(year, month, i + 1)),
  ]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => cells[week * 7 + day] ?? null),
  )
}
