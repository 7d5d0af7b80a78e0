import { useCallback, useEffect, useRef, useState } from 'react';
import { openImage } from '../../session/picture';
import { report } from '../../session/problem';
import { strings } from '../../strings';
import styles from './Webcam.module.css';

const messages = strings.input.webcam;

/** Why there is no picture from the camera, and what to do. */
function reasonOf(error: unknown): string {
  const { name = '', message = '' } = error instanceof Error ? error : {};
  if (name === 'NotAllowedError') return messages.denied;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return messages.none;
  return messages.failed(message);
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** A still from the camera, handed on like a dropped picture. The camera runs only between the two buttons. */
export function Webcam() {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const video = useRef<HTMLVideoElement | null>(null);
  const attach = useCallback(
    (element: HTMLVideoElement | null): void => {
      video.current = element;
      if (element !== null) element.srcObject = stream;
    },
    [stream],
  );
  useEffect(() => () => void (stream && stop(stream)), [stream]);

  const open = async (): Promise<void> => {
    // Absent on plain http, whatever its type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) {
      report(messages.insecure);
      return;
    }
    try {
      setStream(await devices.getUserMedia({ video: { facingMode: 'environment' } }));
    } catch (error) {
      report(reasonOf(error));
    }
  };

  const take = (): void => {
    const element = video.current;
    if (element === null || element.videoWidth === 0) return;
    const canvas = document.createElement('canvas');
    canvas.width = element.videoWidth;
    canvas.height = element.videoHeight;
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    setStream(null);
    canvas.toBlob((blob) => {
      if (blob !== null) void openImage(blob, { kind: 'file', name: messages.name });
    });
  };

  if (stream === null) {
    return (
      <button type="button" onClick={() => void open()}>
        {messages.open}
      </button>
    );
  }
  return (
    <div className={styles.webcam}>
      <video ref={attach} autoPlay playsInline muted aria-label={messages.preview} />
      <div className="row">
        <button type="button" onClick={take}>
          {messages.take}
        </button>
        <button type="button" className="quiet" onClick={() => setStream(null)}>
          {messages.cancel}
        </button>
      </div>
      <p className="hint">{messages.hint}</p>
    </div>
  );
}
