import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ToastRegion } from './ToastRegion'
import { toasts } from './toasts'

test('what is said before the region is there is shown when it comes; actions act', async () => {
  const onClick = vi.fn()
  toasts.show({ title: 'Message recalled', action: { label: 'Undo', onClick } })
  const gone = toasts.show({ title: 'Saved' })
  toasts.close(gone)
  render(<ToastRegion label="Notifications" closeLabel="Close" />)
  await userEvent.click(await screen.findByRole('button', { name: 'Undo', hidden: true }))
  expect(onClick).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(screen.queryByText('Saved')).toBeNull())
})

test('the same id replaces what is shown', async () => {
  render(<ToastRegion label="Notifications" closeLabel="Close" />)
  toasts.show({ id: 'upload', title: 'Uploading' })
  await screen.findAllByText('Uploading')
  toasts.show({ id: 'upload', title: 'Uploaded', tone: 'ok' })
  await screen.findAllByText('Uploaded')
  expect(screen.queryAllByText('Uploading')).toEqual([])
})
