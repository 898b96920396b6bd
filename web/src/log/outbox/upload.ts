import { offlineCode, Problem, problemOf, type UploadView, unreadableCode } from '@/core/api'
import type { OutgoingFile } from './outgoing-file.ts'

/** tus 1.0.0 (https://tus.io/protocols/resumable-upload), as far as one browser needs it. */
const tus = { 'Tus-Resumable': '1.0.0' }
const path = '/api/files/uploads'
const leastStep = 256 * 1024
const mostStep = 8 * 1024 * 1024
/** A piece takes about so long: what is lost when the line is cut is no more. */
const pieceMs = 1_000
const timeoutMs = 120_000

export interface UploadOptions {
  signal: AbortSignal
  /** It has a place now: kept, it goes on there after a reload. */
  onPlace: (place: string) => Promise<void>
  onReceived: (bytes: number) => void
}

/** Have all of a file on the server, going on from what is there. Throws `Problem`, and `AbortError`. */
export async function upload(file: OutgoingFile, options: UploadOptions): Promise<UploadView> {
  let stands = file.place ? await standsAt(file.place, options.signal) : null
  if (!stands) {
    stands = await begin(file, options.signal)
    await options.onPlace(stands.place)
  }
  const { place } = stands
  let at = stands.received
  let step = leastStep
  while (at < file.size) {
    options.onReceived(at)
    const piece = await read(file.blob.slice(at, at + step))
    const began = performance.now()
    at = await append(place, at, piece, options.signal)
    const took = performance.now() - began
    step = took < pieceMs / 2 ? Math.min(step * 2, mostStep) : took > pieceMs * 2 ? Math.max(step / 2, leastStep) : step
  }
  options.onReceived(at)
  return (await (await ask('GET', place, options.signal)).json()) as UploadView
}

/** Let the server have its room back; what is not told now goes when it expires. */
export function giveUp(place: string): void {
  void ask('DELETE', place, AbortSignal.timeout(timeoutMs)).catch(() => undefined)
}

interface Stands {
  place: string
  received: number
}

/** Null: it is not there any more, so it begins anew. */
async function standsAt(place: string, signal: AbortSignal): Promise<Stands | null> {
  try {
    const view = (await (await ask('GET', place, signal)).json()) as UploadView
    return { place, received: view.received }
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'files.upload_not_found') return null
    throw cause
  }
}

async function begin(file: OutgoingFile, signal: AbortSignal): Promise<Stands> {
  const said = [`filename ${base64(file.name)}`, ...(file.type ? [`filetype ${base64(file.type)}`] : [])]
  const headers = { 'Upload-Length': String(file.size), 'Upload-Metadata': said.join(',') }
  const answer = await ask('POST', path, signal, headers)
  const place = answer.headers.get('Location')
  if (!place) throw new Problem({ status: 502, code: 'core.unavailable' })
  return { place: new URL(place, location.origin).pathname, received: 0 }
}

async function append(place: string, at: number, piece: ArrayBuffer, signal: AbortSignal): Promise<number> {
  const headers = { 'Upload-Offset': String(at), 'Content-Type': 'application/offset+octet-stream' }
  try {
    const answer = await ask('PATCH', place, signal, headers, piece)
    return Number(answer.headers.get('Upload-Offset'))
  } catch (cause) {
    // An answer was lost, and what it was about is there.
    if (cause instanceof Problem && cause.code === 'files.wrong_offset') return Number(cause.details.offset)
    throw cause
  }
}

/** It may be gone or changed on the disk since it was chosen. */
async function read(piece: Blob): Promise<ArrayBuffer> {
  try {
    return await piece.arrayBuffer()
  } catch (cause) {
    throw new Problem({ status: 400, code: unreadableCode, title: 'The file cannot be read any more' }, null, cause)
  }
}

async function ask(
  method: string,
  url: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
  body: ArrayBuffer | null = null,
): Promise<Response> {
  const signals = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const asked = { method, body, credentials: 'same-origin' as const, signal: signals }
  const response = await fetch(url, { ...asked, headers: { Accept: 'application/json', ...tus, ...headers } }).catch(
    cause => {
      if (signal.aborted) throw signal.reason
      throw new Problem({ code: offlineCode, title: 'The server did not answer' }, null, cause)
    },
  )
  if (!response.ok) throw await problemOf(response)
  return response
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
