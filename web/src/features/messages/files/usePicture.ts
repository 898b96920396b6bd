import { useEffect, useState } from 'react'
import type { OutgoingFile } from '@/log'

/** An address under which a picture of this device can be drawn. */
export function usePicture({ blob, width }: OutgoingFile): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!width) return
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, width])
  return address
}
