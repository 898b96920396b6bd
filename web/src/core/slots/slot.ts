import type { MessageDescriptor } from '@lingui/core'
import type { LinkProps } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { Me } from '../api'

/** An entry with the slot it belongs into. */
export interface Filling {
  readonly slot: Slot<never>
  readonly entry: unknown
}

let fillings: readonly Filling[] = []

/**
 * A place of the interface that features fill. Who draws the place declares it; a feature names its entries in its manifest
 * (`features/<module>/<feature>/feature.ts`), and the place draws them in the order of the features.
 */
export class Slot<Entry> {
  private drawn: { from: readonly Filling[]; entries: readonly Entry[] } | null = null

  entry(entry: Entry): Filling {
    return { slot: this as unknown as Slot<never>, entry }
  }

  /** The same array each time. */
  get entries(): readonly Entry[] {
    if (this.drawn?.from !== fillings) {
      const mine = fillings.filter(({ slot }) => (slot as unknown) === this)
      this.drawn = { from: fillings, entries: mine.map(({ entry }) => entry as Entry) }
    }
    return this.drawn.entries
  }
}

/** Say what fills the slots: once, before anything is drawn. */
export function fillSlots(all: readonly Filling[]): void {
  fillings = all
}

export interface RailEntry {
  to: LinkProps['to']
  label: MessageDescriptor
  icon: LucideIcon
  /** How many things wait there. */
  useCount?: () => number
  /** Who sees it; without this, everybody. */
  isFor?: (me: Me) => boolean
}

/** What stands on the rail, from the top; on phones, in the bar at the bottom. */
export const rail = new Slot<RailEntry>()
