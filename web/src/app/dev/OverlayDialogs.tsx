import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, CommandPalette, ConfirmDialog, Dialog, Field, Input, PaletteList, TypedConfirmDialog } from '@/ui'
import { Row } from './Section'
import { people } from './samples'

export function OverlayDialogs() {
  const { t } = useLingui()
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  const close = () => setOpen(null)
  return (
    <Row name="Dialog">
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={close}
        title={t`New group`}
        description={t`Everyone in it can add others.`}
        closeLabel={t`Close`}
        footer={
          <>
            <Button>{t`Cancel`}</Button>
            <Button variant="primary">{t`Create`}</Button>
          </>
        }
      >
        <Field label={t`Name`}>
          <Input defaultValue="华东区经营周会" />
        </Field>
      </Dialog>
      <Button onClick={() => setOpen('confirm')}>ConfirmDialog</Button>
      <ConfirmDialog
        open={open === 'confirm'}
        onOpenChange={close}
        danger
        title={t`Delete this group?`}
        description={t`Its messages are gone for all members. This cannot be undone.`}
        confirmLabel={t`Delete`}
        cancelLabel={t`Cancel`}
        onConfirm={close}
      />
      <TypedConfirm />
      <Palette />
    </Row>
  )
}

function Palette() {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const found = people.filter(person => person.name.toLowerCase().includes(query.toLowerCase()))
  return (
    <>
      <Button onClick={() => setOpen(true)}>CommandPalette</Button>
      {open && (
        <CommandPalette
          onClose={() => setOpen(false)}
          label={t`Search people`}
          placeholder={t`Search people`}
          query={query}
          onQueryChange={setQuery}
        >
          {palette => (
            <PaletteList
              palette={palette}
              groups={[{ id: 'people', title: t`People`, items: found.map(({ id, name }) => ({ id, content: name })) }]}
              answers={query}
              settled
              onChoose={() => setOpen(false)}
              empty={t`Nothing found`}
            />
          )}
        </CommandPalette>
      )}
    </>
  )
}

function TypedConfirm() {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>TypedConfirmDialog</Button>
      <TypedConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t`Delete this group?`}
        description={t`Its messages are gone for all members. This cannot be undone.`}
        word="华东区经营周会"
        wordLabel={t`Type its name to confirm`}
        confirmLabel={t`Delete`}
        cancelLabel={t`Cancel`}
        closeLabel={t`Close`}
        onConfirm={() => setOpen(false)}
      />
    </>
  )
}
