import type { ComponentPropsWithRef } from 'react'
import { isEastAsian } from '@/characters'
import { classes } from '@/ui/classes'
import { hintAttributes } from '@/ui/Tooltip/Tooltip'
import styles from './Avatar.module.css'
import { avatarColour, groupInitials, personInitials } from './initials'

export type Presence = 'online' | 'away' | 'offline' | 'unknown'

export interface AvatarProps extends Omit<ComponentPropsWithRef<'span'>, 'id' | 'children'> {
  /** Decides the colour. */
  id: string
  name: string
  /** People are round, groups and apps are squares with soft corners. */
  shape?: 'person' | 'group'
  /** px */
  size?: 20 | 24 | 28 | 32 | 36 | 40 | 48 | 64 | 80
  presence?: Presence
  /** The presence in words, for those who do not see the dot. */
  presenceLabel?: string
  /** Why it is so, where the dot does not say it. */
  presenceHint?: string
  src?: string
}

/** A face or letters. Decorative: the name stands beside it, or give an aria-label. */
export function Avatar(props: AvatarProps) {
  const {
    id,
    name,
    shape = 'person',
    size = 40,
    presence,
    presenceLabel,
    presenceHint,
    src,
    className,
    ...rest
  } = props
  const letters = shape === 'person' ? personInitials(name) : groupInitials(name)
  const shown = size > 20 ? letters : oneOf([...letters])
  return (
    <span
      role="img"
      aria-hidden={rest['aria-label'] || presenceLabel ? undefined : true}
      aria-label={presenceLabel}
      {...(presenceHint && hintAttributes({ content: presenceHint }))}
      {...rest}
      className={classes(
        styles.avatar,
        styles[shape],
        styles[`size${size}`],
        styles[`colour${avatarColour(id)}`],
        className,
      )}
    >
      {src ? <img className={styles.image} src={src} alt="" /> : shown}
      {presence && <span className={classes(styles.presence, styles[presence])} />}
    </span>
  )
}

/** Where there is room for one: of a Chinese name the last, which the fewest share; of others the first. */
function oneOf(letters: readonly string[]): string | undefined {
  return letters.some(isEastAsian) ? letters.at(-1) : letters[0]
}
