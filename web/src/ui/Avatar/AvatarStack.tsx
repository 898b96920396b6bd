import { Avatar, type AvatarProps } from './Avatar'
import styles from './Avatar.module.css'

export interface AvatarStackProps {
  people: { id: string; name: string }[]
  size?: AvatarProps['size']
  /** How many faces before the rest is a number. */
  max?: number
}

/** A few of several people, overlapping. */
export function AvatarStack({ people, size = 20, max = 3 }: AvatarStackProps) {
  const rest = people.length - max
  return (
    <span className={styles.stack}>
      {people.slice(0, max).map(person => (
        <Avatar key={person.id} id={person.id} name={person.name} size={size} />
      ))}
      {rest > 0 && <span className={styles.rest}>+{rest}</span>}
    </span>
  )
}
