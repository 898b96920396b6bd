import { useLingui } from '@lingui/react/macro'
import { Paperclip } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '@/ui'
import { usePane } from '../pane/pane-context'
import { attach } from './attached'

/** Chooses files to go with the message. */
export function AttachTool() {
  const { t } = useLingui()
  const { conversation } = usePane()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton icon={<Paperclip />} label={t`Attach files`} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="attach"
        onChange={event => {
          void attach(conversation, [...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}
