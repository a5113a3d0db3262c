package dev.sallyport.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Everything that is kept between two starts. Only its owner can read it, and only one launcher
/// at a time holds it.
final class DataFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /// Makes the folder when it is new, and holds it until closed.
  static DataFolder open(Path path) {
    try {
      Path root = ownerOnly(path.toAbsolutePath().normalize());
      return new DataFolder(root, hold(root));
    } catch (IOException e) {
      throw new LaunchFailedException("The data folder " + path + " can't be used: " + e, e);
    }
  }

  private static FileChannel hold(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process, which is as busy as any other.
    }
    channel.close();
    throw new LaunchFailedException(
        "Another ./run uses the data folder " + root + "; stop it, or give another --data.");
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /// A folder in it that only the owner can enter.
  Path folder(String name) {
    try {
      return ownerOnly(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file that only the owner can read, at once or not at all.
  void write(String name, String content) {
    Path file = root.resolve(name);
    Path draft = root.resolve(name + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_FILE));
      Files.writeString(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ownerOnly(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    return folder;
  }
}
