import styles from './SecondName.module.css'
import { useSecondName } from './useSecondName'

/** Beside the name of somebody: the same for who reads the other script. */
export function SecondName({ person }: { person: { name: string; pinyin: string } | undefined }) {
  const second = useSecondName()(person)
  if (!second) return null
  return (
    <span className={styles.second} lang="zh-Latn">
      {second}
    </span>
  )
}
