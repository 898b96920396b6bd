import { lazy } from 'react'

const loadMenu = () => import('@/ui/Menu/MenuPopup')
const loadContextMenu = () => import('@/ui/Menu/ContextMenuPopup')
const loadPopover = () => import('@/ui/Popover/PopoverPopup')
const loadHoverCard = () => import('@/ui/Popover/HoverCardPopup')
const loadDialog = () => import('@/ui/Dialog/DialogPopup')
const loadConfirmDialog = () => import('@/ui/Dialog/ConfirmDialogPopup')
const loadDrawer = () => import('@/ui/Dialog/DrawerPopup')

export const MenuPopup = lazy(() => loadMenu().then(module => ({ default: module.MenuPopup })))
export const ContextMenuPopup = lazy(() => loadContextMenu().then(module => ({ default: module.ContextMenuPopup })))
export const PopoverPopup = lazy(() => loadPopover().then(module => ({ default: module.PopoverPopup })))
export const HoverCardPopup = lazy(() => loadHoverCard().then(module => ({ default: module.HoverCardPopup })))
export const DialogPopup = lazy(() => loadDialog().then(module => ({ default: module.DialogPopup })))
export const ConfirmDialogPopup = lazy(() =>
  loadConfirmDialog().then(module => ({ default: module.ConfirmDialogPopup })),
)
export const DrawerPopup = lazy(() => loadDrawer().then(module => ({ default: module.DrawerPopup })))

const RETRY_MS = 5_000

/** Fetches all popups beforehand. */
export function preloadPopups(): void {
  preload([loadMenu, loadContextMenu, loadPopover, loadHoverCard, loadDialog, loadConfirmDialog, loadDrawer])
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
