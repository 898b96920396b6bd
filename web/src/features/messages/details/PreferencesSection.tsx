import { useLingui } from '@lingui/react/macro'
import type { Conversation } from '@/core/api'
import { Switch } from '@/ui'
import { usePreferenceChange } from '../pane/usePreferenceChange'
import styles from './details.module.css'

/** How the conversation is for me alone. */
export function PreferencesSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const change = usePreferenceChange(conversation.id)
  return (
    <section className={styles.section}>
      <Switch label={t`Pin to the top`} checked={conversation.pinned} onCheckedChange={pinned => change({ pinned })} />
      <Switch label={t`Mute`} checked={conversation.muted} onCheckedChange={muted => change({ muted })} />
    </section>
  )
}
