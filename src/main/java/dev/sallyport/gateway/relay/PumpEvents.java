package dev.sallyport.gateway.relay;

import java.io.IOException;

/// What becomes of a [Pump]'s transfer.
interface PumpEvents {
  /// The source has given something.
  void moved(Pump pump);

  /// The source has ended and all of it is written; [Pump#finish] is not called yet.
  void drained(Pump pump);

  /// After [Pump#finish]: everything has left.
  void finished(Pump pump);

  /// A [BodyTooLargeException] if the source gave more than allowed.
  void readFailed(Pump pump, IOException e);

  void writeFailed(Pump pump, IOException e);
}
