import { part } from './part'

const menu = part(() => import('@/ui/Menu/MenuPopup').then(module => module.MenuPopup))
const contextMenu = part(() => import('@/ui/Menu/ContextMenuPopup').then(module => module.ContextMenuPopup))
const popover = part(() => import('@/ui/Popover/PopoverPopup').then(module => module.PopoverPopup))
const hoverCard = part(() => import('@/ui/Popover/HoverCardPopup').then(module => module.HoverCardPopup))
const dialog = part(() => import('@/ui/Dialog/DialogPopup').then(module => module.DialogPopup))
const confirmDialog = part(() => import('@/ui/Dialog/ConfirmDialogPopup').then(module => module.ConfirmDialogPopup))

export const MenuPopup = menu.Part
export const ContextMenuPopup = contextMenu.Part
export const PopoverPopup = popover.Part
export const HoverCardPopup = hoverCard.Part
export const DialogPopup = dialog.Part
export const ConfirmDialogPopup = confirmDialog.Part

const RETRY_MS = 5_000

/** Fetches all popups beforehand. */
export function preloadPopups(): void {
  preload([menu, contextMenu, popover, hoverCard, dialog, confirmDialog].map(({ load }) => load))
}

/**
 * Fetches parts of the program, once the page is there and idle: the first press then opens at once, even without
 * network. Tries again while the server is away.
 */
export function preload(parts: readonly (() => Promise<unknown>)[]): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => load(parts), { timeout: 3_000 })
  else setTimeout(load, 1_000, parts)
}

function load(parts: readonly (() => Promise<unknown>)[]): void {
  Promise.all(parts.map(part => part())).catch(() => setTimeout(load, RETRY_MS, parts))
}
