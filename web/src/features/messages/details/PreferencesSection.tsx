import { useLingui } from '@lingui/react/macro'
import type { Conversation } from '@/core/api'
import { useFlagsOf } from '@/log'
import { Switch } from '@/ui'
import { asIHaveIt, changePreferences, type Preference } from '../changes/group'
import styles from './details.module.css'

/** How the conversation is for me alone. */
export function PreferencesSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const { id } = conversation
  const { pinned, muted } = asIHaveIt(conversation, useFlagsOf<Preference>('preference', id))
  return (
    <section className={styles.section}>
      <Switch
        label={t`Pin to the top`}
        checked={pinned}
        onCheckedChange={next => changePreferences(id, { pinned: next })}
      />
      <Switch label={t`Mute`} checked={muted} onCheckedChange={next => changePreferences(id, { muted: next })} />
    </section>
  )
}
