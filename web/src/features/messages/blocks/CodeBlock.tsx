import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { drawn } from '@/characters'
import { classes, IconButton } from '@/ui'
import { useCopy } from '../clipboard/useCopy'
import styles from './blocks.module.css'
import type { BlockOf } from './registry'

export function CodeBlock({ block }: { block: BlockOf<'code'> }) {
  const { t } = useLingui()
  const copy = useCopy()
  return (
    <figure className={styles.code}>
      <figcaption className={classes(styles.codeHead, !block.language && styles.bare)} data-uncopied="">
        <span>{block.language}</span>
        <IconButton
          className={styles.codeCopy}
          size="small"
          icon={<Copy />}
          label={t`Copy code`}
          onClick={() => copy(block.text)}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by the keyboard, too */}
      <pre tabIndex={0} data-language={block.language}>
        <code>{drawn(block.text)}</code>
      </pre>
    </figure>
  )
}
