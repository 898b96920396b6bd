import { cloneElement, type ReactElement } from 'react'

export interface TooltipProps {
  content: string
  /** Keys that do the same, as `Ctrl+K`. */
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** What the hint is about: an element that passes data attributes on. */
  children: ReactElement
}

/** A short hint on hover or focus. It is never the only place where something is said. */
export function Tooltip({ children, ...hint }: TooltipProps) {
  return cloneElement(children, hintAttributes(hint))
}

/**
 * Marks an element as having a hint; TooltipLayer shows it. One layer for the page, not a component for each button: lists
 * have hundreds of them.
 */
export function hintAttributes({ content, shortcut, side }: Omit<TooltipProps, 'children'>) {
  return { 'data-hint': content, 'data-hint-keys': shortcut, 'data-hint-side': side }
}
