package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.PhotoReading;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A JPEG of 12 megapixels, from the bytes to the codes in it; the goal is 500 ms on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PhotoBench {

    private static final String URL = "https://zg.example.cn/q/1123456789abcdefghjkmn";

    /** How many codes are in the photo; with none every look is taken. */
    @Param({"1", "4", "0"})
    private int codes;

    private final CodePhotos photos = new PhotoReader();
    private byte[] photo = {};

    @Setup
    public void take() {
        var shot = new Shot(0.3, 25, 0.3, 8, 3, 0.8, 0.85f);
        photo = PhotoStudio.jpeg(
                4000, 3000, 1, shot, List.of(URL, URL + 1, URL + 2, URL + 3).subList(0, codes));
    }

    @Benchmark
    public PhotoReading read() {
        return photos.read(photo);
    }

    /** What the JDK needs for the pixels alone. */
    @Benchmark
    public BufferedImage decodeAlone() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(photo));
    }
}
