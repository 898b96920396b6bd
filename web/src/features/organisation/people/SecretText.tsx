import styles from './people.module.css'

/** Something to hand over: large, and wholly selected by one click. */
export function SecretText({ text }: { text: string }) {
  return <p className={styles.secret}>{text}</p>
}
