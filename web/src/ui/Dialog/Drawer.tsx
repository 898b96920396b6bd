import { type ReactNode, Suspense } from 'react'
import { DrawerPopup } from '@/ui/overlay/popups'
import { useOnceTrue } from '@/ui/overlay/useOnceTrue'

export interface DrawerProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  children: ReactNode
  footer?: ReactNode
  side?: 'right' | 'left' | 'bottom'
  closeLabel: string
}

/** A panel that slides over the page from an edge: details on narrow screens, a sheet of choices on phones. */
export function Drawer(props: DrawerProps) {
  const needed = useOnceTrue(props.open)
  if (!needed) return null
  return (
    <Suspense>
      <DrawerPopup {...props} />
    </Suspense>
  )
}
