import { type ReactNode, useState } from 'react'
import { Button } from '@/ui/Button/Button'
import { Field, FieldGroup } from '@/ui/Field/Field'
import { Input } from '@/ui/Input/Input'
import { Dialog } from './Dialog'
import { FormButtons } from './FormButtons'

export interface TypedConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, and how it can be undone. */
  description: ReactNode
  /** What has to be typed: the name of what is destroyed. */
  word: string
  /** "Type … to confirm" */
  wordLabel: ReactNode
  /** Why it was refused the last time. */
  error?: ReactNode
  confirmLabel: ReactNode
  cancelLabel: string
  closeLabel: string
  busy?: boolean
  onConfirm: () => void
}

/** Asks for the name of what is destroyed, so that nobody destroys it by a slip of the hand. */
export function TypedConfirmDialog(props: TypedConfirmDialogProps) {
  const { open, onOpenChange, title, description, closeLabel } = props
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      size="small"
      closeLabel={closeLabel}
    >
      {open && <TypedConfirmForm {...props} />}
    </Dialog>
  )
}

function TypedConfirmForm(props: TypedConfirmDialogProps) {
  const { onOpenChange, word, wordLabel, error, confirmLabel, cancelLabel, busy, onConfirm } = props
  const [typed, setTyped] = useState('')
  const right = typed.trim() === word.trim()
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (right && !busy) onConfirm()
      }}
    >
      <FieldGroup>
        <Field label={wordLabel} error={error}>
          <Input value={typed} onValueChange={setTyped} autoComplete="off" spellCheck={false} />
        </Field>
        <FormButtons>
          <Button onClick={() => onOpenChange(false)}>{cancelLabel}</Button>
          <Button type="submit" variant="danger" disabled={!right} busy={busy}>
            {confirmLabel}
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}
