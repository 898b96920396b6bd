import { useLingui } from '@lingui/react/macro'
import { classes } from '@/ui'
import styles from './password.module.css'
import { minPasswordLength, passwordStrength, type Strength } from './strength'

/** How hard a password is to guess, as four bars and a word. `own`: names of the person, which others guess first. */
export function PasswordStrength({ password, own }: { password: string; own?: readonly string[] }) {
  const { t } = useLingui()
  const strength = passwordStrength(password, own)
  const words: Record<Strength, string> = {
    0: t`At least ${minPasswordLength} characters`,
    1: t`Easy to guess: avoid names, common words and runs of keys`,
    2: t`Fair: a few more characters make it good`,
    3: t`Good`,
    4: t`Strong`,
  }
  return (
    <span className={classes(styles.strength, styles[`level${strength}`])}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map(bar => (
          <span key={bar} className={bar <= strength ? styles.full : undefined} />
        ))}
      </span>
      <span aria-live="polite">{words[strength]}</span>
    </span>
  )
}
