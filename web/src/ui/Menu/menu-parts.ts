import type { Menu } from '@base-ui/react/menu'
import { createContext, useContext } from 'react'

export type MenuParts = typeof Menu

/** The parts that items are made of; they come with the popup, so that a closed menu costs nothing. */
export const MenuPartsContext = createContext<MenuParts | null>(null)

export function useMenuParts(): MenuParts {
  const parts = useContext(MenuPartsContext)
  if (!parts) throw new Error('Menu items stand inside Menu or ContextMenu')
  return parts
}
