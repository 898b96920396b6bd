import { useLingui } from '@lingui/react/macro'
import { Bold, Code, Italic, Link, List, ListOrdered, Quote, SquareCode, Strikethrough } from 'lucide-react'
import type { ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { IconButton, Popover } from '@/ui'
import styles from './composer.module.css'
import { type Format, formatKeys } from './editor/handle'

export interface FormatBarProps {
  active: ReadonlySet<Format>
  onFormat: (format: Format, href?: string) => void
}

/** The formats a message may have, above the text. */
export function FormatBar({ active, onFormat }: FormatBarProps) {
  const { t } = useLingui()
  const button = (format: Format, icon: ReactNode, label: string, shortcut?: string) => (
    <IconButton
      size="small"
      icon={icon}
      label={label}
      shortcut={shortcut}
      pressed={active.has(format)}
      // The selection stays where it is.
      onPointerDown={event => event.preventDefault()}
      onClick={() => onFormat(format)}
    />
  )
  return (
    <div className={styles.formats} role="toolbar" aria-label={t`Format`}>
      {button('bold', <Bold />, t`Bold`, formatKeys.bold)}
      {button('italic', <Italic />, t`Italic`, formatKeys.italic)}
      {button('strike', <Strikethrough />, t`Strikethrough`, formatKeys.strike)}
      {button('code', <Code />, t`Code`, formatKeys.code)}
      <LinkButton active={active.has('link')} onLink={href => onFormat('link', href)} />
      <span className={styles.gap} />
      {button('bulletList', <List />, t`Bulleted list`, formatKeys.bulletList)}
      {button('orderedList', <ListOrdered />, t`Numbered list`, formatKeys.orderedList)}
      {button('blockquote', <Quote />, t`Quote`, formatKeys.blockquote)}
      {button('codeBlock', <SquareCode />, t`Code block`, formatKeys.codeBlock)}
    </div>
  )
}

/** A field is more than all buttons together: it is fetched by who asks for it. */
const LinkForm = lazy(() => import('./LinkForm').then(module => ({ default: module.LinkForm })))

function LinkButton({ active, onLink }: { active: boolean; onLink: (href: string) => void }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const finish = (href: string) => {
    setOpen(false)
    onLink(href)
  }
  return (
    <Popover
      side="top"
      title={t`Insert a link`}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton size="small" icon={<Link />} label={t`Insert a link`} pressed={active} />}
    >
      <Suspense>
        <LinkForm removable={active} onDone={finish} />
      </Suspense>
    </Popover>
  )
}
