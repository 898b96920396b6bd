import { useLingui } from '@lingui/react/macro'
import { Calendar } from 'lucide-react'
import { useRef } from 'react'
import { type Id, idTime } from '@/core/api'
import { dateText, useTimes } from '@/core/time'
import { useConversation } from '@/log'
import { usePane } from '../pane/pane-context'
import styles from './timeline.module.css'

/** Between two days; pressed, it asks for another day to go to. */
export function DayLine({ id }: { id: Id }) {
  const { t } = useLingui()
  const { day } = useTimes()
  const { conversation, jumpToTime } = usePane()
  const created = useConversation(conversation)?.created
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.separator}>
      <span className={styles.day}>
        <button type="button" data-hint={t`Go to a day`} onClick={() => picker.current?.showPicker()}>
          {day(id)}
          <Calendar aria-hidden="true" />
        </button>
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-label={t`Go to a day`}
          min={created && dateText(new Date(idTime(created)))}
          max={dateText(new Date())}
          onChange={({ currentTarget: { value, validity } }) => {
            if (value && validity.valid) jumpToTime(new Date(`${value}T00:00`))
          }}
        />
      </span>
    </div>
  )
}
