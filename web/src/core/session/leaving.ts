import { create } from 'zustand'

/** Somebody wants to sign out: what only this browser has is asked about first, wherever they chose it. */
export const leavingStore = create<{ wants: boolean }>()(() => ({ wants: false }))

export function askToSignOut(): void {
  leavingStore.setState({ wants: true })
}

export function stayIn(): void {
  leavingStore.setState({ wants: false })
}
