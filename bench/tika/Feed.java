import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.extractor.DocumentSelector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.ocr.TesseractOCRConfig;
import org.apache.tika.sax.BodyContentHandler;

/** Reads names of files from standard input and answers each with: CPU nanoseconds of the whole process so far, characters of text, error. */
public class Feed {
    public static void main(String[] arguments) throws Exception {
        var parser = new AutoDetectParser();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String error = "";
            int characters = 0;
            if (!line.isEmpty()) {
                var handler = new BodyContentHandler(-1);
                var metadata = new Metadata();
                Path path = Path.of(line);
                metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, path.getFileName().toString());
                var context = new ParseContext();
                DocumentSelector none = inner -> false; // what lies inside a document is read as a document of its own by us too
                context.set(DocumentSelector.class, none);
                var ocr = new TesseractOCRConfig();
                ocr.setSkipOcr(true);
                context.set(TesseractOCRConfig.class, ocr);
                try (InputStream stream = Files.newInputStream(path)) {
                    parser.parse(stream, handler, metadata, context);
                } catch (Throwable thrown) {
                    error = thrown.getClass().getSimpleName();
                }
                characters = handler.toString().strip().length();
            }
            System.out.println(system.getProcessCpuTime() + "\t" + characters + "\t" + error);
            System.out.flush();
        }
    }
}
