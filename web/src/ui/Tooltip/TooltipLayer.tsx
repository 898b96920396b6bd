import { Tooltip as Base } from '@base-ui/react/tooltip'
import { useEffect, useId, useState } from 'react'
import { Kbd } from '@/ui/Kbd/Kbd'
import { type Hint, HintWatcher } from './hint-watcher'
import styles from './Tooltip.module.css'

/** Once in the app: shows the hint of what is pointed at. */
export function TooltipLayer() {
  const [hint, setHint] = useState<Hint | null>(null)
  const id = useId()
  useEffect(() => new HintWatcher(setHint).start(), [])
  useEffect(() => describe(hint, id), [hint, id])
  if (!hint) return null
  return (
    <Base.Root open>
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          anchor={hint.target}
          side={hint.side}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup id={id} role="tooltip" className={styles.popup}>
            {hint.content}
            {hint.shortcut && <Kbd keys={hint.shortcut} inverse />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Lets screen readers read the hint, unless it is the name of the thing anyway. */
function describe(hint: Hint | null, id: string): (() => void) | undefined {
  if (!hint || hint.target.hasAttribute('aria-describedby')) return
  if (hint.target.getAttribute('aria-label') === hint.content) return
  hint.target.setAttribute('aria-describedby', id)
  return () => hint.target.removeAttribute('aria-describedby')
}
